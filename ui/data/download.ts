// Saves an answer of the server as a file under the name the server gave it; answers that name.
export async function saveAnswer(answer: Response, fallback: string): Promise<string> {
  const disposition = answer.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  const name = encoded ? decodeURIComponent(encoded) : (plain ?? fallback)
  saveBlob(await answer.blob(), name)
  return name
}

/** A file that came inside an answer: as text, or in base64 what is none. */
export const blobOf = (file: { readonly type: string; readonly text?: string; readonly base64?: string }): Blob =>
  new Blob(
    [
      file.base64 === undefined
        ? (file.text ?? '')
        : Uint8Array.from(atob(file.base64), letter => letter.charCodeAt(0)),
    ],
    { type: file.type },
  )

export function saveBlob(content: Blob, name: string) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
