"""What text lost on its way: letters read in the wrong encoding, formulas without their signs."""
