"""Workbooks: what Excel, LibreOffice and WPS save, each by the library that reads it, with what that keeps silent about."""
