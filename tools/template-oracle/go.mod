// Writes what Go's text/template and fmt print, for tests to compare with.
module keyferry.io/tools/template-oracle

go 1.23
