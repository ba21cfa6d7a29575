"""The text of a plan -> the targets and tasks that it sets, as suggestions for a person. Pure functions of lines."""
