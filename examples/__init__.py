"""Example workbooks: real public facts about Lishui, and a made-up county that shows every status and flag."""
