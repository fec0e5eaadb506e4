"""An optional language-model reader."""
