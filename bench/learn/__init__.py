"""An experiment: a learned head beside the rules; see README.md here and decision 0014."""
