"""What a person should decide: duplicates, placements, implausible values."""
