// What a picker offers until the answer to the typed words is here: Enter must not take what merely stood there before.

/** Of the options found for other words those that contain the typed ones; all of them once they are the answer. */
export function whileLate<O extends { readonly label: string }>(late: boolean, typed: string, options: O[]): O[] {
  const wanted = typed.trim().toLowerCase()
  return late ? options.filter(option => option.label.toLowerCase().includes(wanted)) : options
}
