"""The machine-readable form of a certificate: Open Badge, status list, did document, ticket of the QR."""
