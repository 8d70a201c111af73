"""Small replacements inside WeasyPrint, one file each, applied only while a slide is laid out."""
