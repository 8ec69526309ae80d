"""Results of a hall on their way home: a signed file, or one QR."""
