// Characters that XML 1.0 §2.2 forbids: controls, non-characters, halves of surrogate pairs.

/** Source of a regular expression (without the u flag) matching one forbidden character. */
export const illegal =
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'

/** `U+0007` */
export const characterName = (c: string): string => `U+${c.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
