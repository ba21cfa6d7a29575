"""The pages of the plan: targets, tasks, lists, leads, and what is filed."""
