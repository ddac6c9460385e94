"""What people see: views that speak HTTP and leave every change to the steps below them."""
