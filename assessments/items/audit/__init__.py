"""What the bank and the lessons must keep (content guide, section 14). Pure: plain dicts in, faults out, no Django."""
