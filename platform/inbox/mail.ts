// The mail channel: SMTP by nodemailer. What is refused for good is told apart from what is worth another try.
import nodemailer from 'nodemailer'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same for the same letter: one that goes out twice is shown once. */
  readonly id: string
  /** Page on which its reader chooses what he gets; a guest has none. */
  readonly settings?: string
}

export interface Mailer {
  /** False: refused for good (no such mailbox). Throws when another try may help. */
  send(letter: Letter): Promise<boolean>
  close(): void
}

/** `url`: smtp://user:password@host:587, smtps://…:465; `from`: "营造 <yingzao@example.cn>". */
export function openMailer(url: string, from: string): Mailer {
  const transport = nodemailer.createTransport(url, { from })
  return {
    async send({ to, subject, text, html, id, settings }) {
      try {
        await transport.sendMail({
          ...{ to, subject, text, html, messageId: `<${id}>` },
          headers: { 'auto-submitted': 'auto-generated', ...(settings ? { 'list-unsubscribe': `<${settings}>` } : {}) },
        })
        return true
      } catch (error) {
        if (isRefused(error)) return false
        throw error
      }
    },
    close: () => transport.close(),
  }
}

/** 5xx: permanent (RFC 5321 §4.2.1); wrong credentials (535) are the administrator's to mend and are tried again. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500 &&
  error.responseCode !== 535
