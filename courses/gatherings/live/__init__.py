"""The live server: streams, polls and answers of halls. Everything else goes on to Django."""
