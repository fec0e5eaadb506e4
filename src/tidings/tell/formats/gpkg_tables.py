"""What the GeoPackage standard wants in every file, word for word, and the columns of the map's layers."""

from __future__ import annotations

__all__ = ["EXTENSION", "LAYER_COLUMNS", "NO_CLOCK", "STANDARD", "SYSTEMS", "TRIGGERS"]

NO_CLOCK = "1970-01-01T00:00:00.000Z"
"""The standard wants a time of the last change; the record's exports tell none, so that the same reports give the same bytes."""
EXTENSION = "http://www.geopackage.org/spec120/#extension_rtree"

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees of WGS 84"),
)

STANDARD = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
CREATE TABLE credits (id INTEGER PRIMARY KEY, credit TEXT);
"""

_SPOT = (("place", "TEXT"), ("place_id", "TEXT"), ("precision", "TEXT"), ("radius_m", "INTEGER"))
_TEXTS = "TEXT"
LAYER_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "happenings": (
        *((name, _TEXTS) for name in ("id", "kind", "type", "agents", "targets", "time")),
        ("earliest", "DATE"),
        ("latest", "DATE"),
        ("grade", _TEXTS),
        ("origins", _TEXTS),
        ("reports", "INTEGER"),
        *_SPOT,
        ("claims", _TEXTS),
    ),
    "figures": (
        *((name, _TEXTS) for name in ("id", "measure", "harmed", "by")),
        *((name, "INTEGER") for name in ("low", "best", "high")),
        ("scope", _TEXTS),
        ("contested", "BOOLEAN"),
        ("rule", _TEXTS),
        ("time", _TEXTS),
        ("earliest", "DATE"),
        ("latest", "DATE"),
        *_SPOT,
        ("claims", _TEXTS),
    ),
    "holdings": (
        *((name, _TEXTS) for name in ("id", "holder", "standing", "share", "held_from", "held_until")),
        ("earliest", "DATE"),
        ("latest", "DATE"),
        *_SPOT,
        ("claims", _TEXTS),
    ),
    "places": (("id", _TEXTS), *_SPOT, ("kind", _TEXTS), ("country", _TEXTS)),
}
"""Columns of each layer with their SQL types, after the number and the point."""

TRIGGERS = (
    """CREATE TRIGGER "rtree_{layer}_geom_insert" AFTER INSERT ON "{layer}"
  WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN INSERT OR REPLACE INTO "rtree_{layer}_geom" VALUES (
  NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;""",
    """CREATE TRIGGER "rtree_{layer}_geom_update1" AFTER UPDATE OF "geom" ON "{layer}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN INSERT OR REPLACE INTO "rtree_{layer}_geom" VALUES (
  NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;""",
    """CREATE TRIGGER "rtree_{layer}_geom_update2" AFTER UPDATE OF "geom" ON "{layer}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid; END;""",
    """CREATE TRIGGER "rtree_{layer}_geom_update3" AFTER UPDATE ON "{layer}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid;
  INSERT OR REPLACE INTO "rtree_{layer}_geom" VALUES (
  NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;""",
    """CREATE TRIGGER "rtree_{layer}_geom_update4" AFTER UPDATE ON "{layer}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id IN (OLD.fid, NEW.fid); END;""",
    """CREATE TRIGGER "rtree_{layer}_geom_delete" AFTER DELETE ON "{layer}" WHEN old.geom NOT NULL
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid; END;""",
)
"""The triggers of the R-tree extension (Annex L of the standard): the index follows when somebody edits the layer."""
