"""Which results answer a need: both told by their texts and by what they name."""
