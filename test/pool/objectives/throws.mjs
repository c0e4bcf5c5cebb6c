throw new TypeError("nothing to export");
