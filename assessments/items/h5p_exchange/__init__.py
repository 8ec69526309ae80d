"""Items as H5P packages and back. Pure: no Django. No page of the admin uses it yet."""
