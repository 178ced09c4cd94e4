select * from builds
