"""H5P for Python: read, check, build and score H5P packages. Only ``django_app`` imports Django."""
