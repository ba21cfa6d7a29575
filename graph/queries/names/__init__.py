"""Every name of a graph in memory, as people type it: parts, several words, pinyin and its initials."""
