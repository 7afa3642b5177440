// How to reach a database, and trying whether it answers.
import pg from 'pg'

export type Connection = {
  /** Host name, or the folder of the UNIX socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl?: boolean | { rejectUnauthorized: boolean }
}

export function connectionUrl({ host, port, user, password, database }: Connection): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  const path = encodeURIComponent(database)
  return host.startsWith('/')
    ? `postgresql://${login}@localhost:${port}/${path}?host=${encodeURIComponent(host)}`
    : `postgresql://${login}@${host}:${port}/${path}`
}

/** Reads a `postgresql://` address as libpq does (a socket folder in `?host=`); throws when it is not one. */
export function connectionOfUrl(url: string): Connection {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url })
  return { host, port, user: user ?? '', password: password ?? '', database: database ?? '', ssl }
}

/** Opens one client; an `error` event between queries must never end the process (a server restart raises 57P01). */
export async function connect(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000, application_name: 'yingzao' })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

/** The SQLSTATE or system error code of anything thrown. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined

export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`
export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`
