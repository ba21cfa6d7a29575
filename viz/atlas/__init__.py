"""六图六清单: the six drawings and the six lists of a chain, as one folder, one archive or one file."""
