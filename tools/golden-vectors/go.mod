// Writes what the Go libraries behind the original operator print, for tests to compare with.
module keyferry.io/tools/golden-vectors

go 1.24

require gopkg.in/yaml.v3 v3.0.1
