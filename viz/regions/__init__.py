"""《产业链技术分析报告》 of a county or of the city: its chains compared, then each told as in its own report."""
