"""The brief, the timeline, the map and figures."""
