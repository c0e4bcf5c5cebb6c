export interface CsvOptions {
  /** The one character between cells; default ",". */
  readonly delimiter?: string;
}
