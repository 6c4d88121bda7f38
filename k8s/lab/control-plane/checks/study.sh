check_study() { :; }
