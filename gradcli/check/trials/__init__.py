"""What a claim is tried with: claims, samples and their errors, trials, and remarks on them."""
