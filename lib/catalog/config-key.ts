type Plain = string | number | boolean;

/** What a program makes of a key that its file does not have: a value of its own, or in words what it does then. A key of a catalogue says one of the two. */
export type WhereUnsaid =
  | { readonly default: Plain | readonly Plain[] | Readonly<Record<string, string>>; readonly unset?: undefined }
  | { readonly default?: undefined; readonly unset: string };
