"""What every command answers, as types: the names of the keys, what each holds, and in which unit."""
