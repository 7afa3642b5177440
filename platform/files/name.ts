// File names as people gave them: shown and sent back, never a path of ours.

/** The last part of whatever was sent, without control signs, separators, reserved letters and invisible directions. */
export function safeName(given: string): string {
  const last = given.replaceAll('\\', '/').split('/').pop() ?? ''
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (clean === '') return 'file'
  // Names are cut in the middle, the ending is kept; 200 letters are at most 800 bytes of UTF-8.
  const letters = [...clean]
  if (letters.length <= 200) return clean
  const ending = /\.\w{1,10}$/.exec(clean)?.[0] ?? ''
  return letters.slice(0, 200 - ending.length).join('') + ending
}

/** Content-Disposition by RFC 6266: an ASCII name for old programs and the real one in UTF-8. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = safeName(name)
  const ascii = plain.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(plain).replace(
    /['()*!]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
