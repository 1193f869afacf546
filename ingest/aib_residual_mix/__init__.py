"""European residual mixes of the Association of Issuing Bodies: a workbook that the user supplies."""
