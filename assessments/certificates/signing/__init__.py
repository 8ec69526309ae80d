"""Keys of the issuer and what signs with them: files, a hardware token, a remote service."""
