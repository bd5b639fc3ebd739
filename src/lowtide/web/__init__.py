"""The app: Lowtide in a browser, on one small box or on many machines."""
