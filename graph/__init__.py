"""The domain: kinds as data, ledger, projection, stores, analysis."""
