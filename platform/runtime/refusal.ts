// A refusal to start: what is wrong and what to do next, in both languages, with a code that scripts can match.

export type StartRefusal = Error & { readonly code: string; readonly zh: string; readonly en: string }

/** Builds the error of a start that must not go on. `code` is `area.reason`; both texts name the next step. */
export function startRefusal(code: string, text: { zh: string; en: string }): StartRefusal {
  return Object.assign(new Error(`${text.zh}\n${text.en} (${code})`), { code, ...text })
}

export const isStartRefusal = (error: unknown): error is StartRefusal =>
  error instanceof Error && 'code' in error && 'zh' in error && 'en' in error
