"""From content files to files in output/: what is to be built, the building, the writing."""
