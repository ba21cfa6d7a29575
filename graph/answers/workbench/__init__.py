"""What the workbench asks: changes between two days, neighbourhoods, comparisons."""
