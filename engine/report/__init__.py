"""What a run looks like on paper: colour maps, pictures and pages."""
