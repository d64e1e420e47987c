"""The analysis as a Spark job."""
