"""Answers about the plan: where targets stand, lists, ladders, tasks and leads."""
