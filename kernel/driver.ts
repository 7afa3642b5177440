// How statements reach PostgreSQL: a transaction begins in the packet of its first statement and may end in that of its last,
// and what is asked often is prepared once per connection. Every packet saved is two context switches saved.
import type { DatabaseConnection, Dialect, QueryResult } from 'kysely'
import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { QueryResult as PgResult, Pool, PoolClient, QueryConfig } from 'pg'
import type { Database } from './context.ts'
import { errorCode } from './database-error.ts'
import { refuse } from './refuse.ts'
import { type Cells, type Table, type Tap, tapped } from './tap.ts'

/** A statement after which its transaction has nothing more to do: the commit travels with it. */
export const lastly = <R>(statement: CompiledQuery<R>): CompiledQuery<R> => ({ ...statement, ...last })
/** A read that needs no transaction, though it is asked in one: when it comes first, the transaction begins after it. */
export const firstly = <R>(statement: CompiledQuery<R>): CompiledQuery<R> => ({ ...statement, ...first })
const last = { place: 'last' } as const
const first = { place: 'first' } as const
/** A read whose answer is one "row": the table as the server sent it. */
export const asTable = (statement: CompiledQuery<unknown>): CompiledQuery<Table> => ({ ...statement, ...table })
const table = { as: 'table' } as const
const placeOf = (statement: CompiledQuery) => ('place' in statement ? statement.place : null)

/**
 * Statements that go in one packet, in a transaction: the server does one after the other, each sees what the ones before it
 * waited for, and the answers come together. For what need not be known before the next is asked.
 */
export async function together<T extends readonly unknown[] | []>(
  db: Pick<Database, 'executeQuery'>,
  statements: { readonly [K in keyof T]: CompiledQuery<T[K]> },
): Promise<Answers<T>> {
  const packet: CompiledQuery<Answers<T>> & Packet = { ...nothing, packet: statements }
  const { rows } = await db.executeQuery<Answers<T>>(packet)
  const [answers] = rows
  if (!answers) throw new Error('a packet is always answered')
  return answers
}
type Answers<T extends readonly unknown[]> = { readonly [K in keyof T]: readonly T[K][] }
interface Packet {
  readonly packet: readonly CompiledQuery[]
}
const nothing = CompiledQuery.raw('')
const isPacket = (statement: CompiledQuery): statement is CompiledQuery & Packet => 'packet' in statement

export interface DriverOptions {
  /** False behind a pooler that hands each transaction another connection: nothing is then kept in a session. */
  readonly prepare: boolean
  /** Seconds after which the server ends a statement; for the words of the refusal. */
  readonly seconds: number
  /** How many statements a session keeps prepared; default 150. */
  readonly most?: number
}

interface Session {
  readonly client: PoolClient
  readonly tap: Tap
  /** The statement that begins the transaction, until it is sent. */
  opening: string | null
  /** The commit was sent with the last statement. */
  closed: boolean
  /** What it has prepared, and the edition of the names that this was last compared with. */
  readonly named: Set<string>
  edition: number
}

export function postgresDialect(pool: Pool, { prepare, seconds, most = usual }: DriverOptions): Dialect {
  const sessions = new WeakMap<DatabaseConnection, Session>()
  const connections = new WeakMap<PoolClient, DatabaseConnection>()
  const names = statementNames(most)
  const nameOf = prepare ? names.of : () => undefined
  const sessionOf = (connection: DatabaseConnection): Session => {
    const session = sessions.get(connection)
    if (!session) throw new Error('a connection of another pool')
    return session
  }

  const configOf = ({ named }: Session, { sql: text, parameters }: CompiledQuery): QueryConfig => {
    const name = nameOf(text)
    if (name !== undefined) named.add(name)
    return { text, values: [...parameters], ...(name === undefined ? {} : { name }) }
  }

  async function execute<R>(session: Session, statement: CompiledQuery): Promise<QueryResult<R>> {
    const { client, tap, opening } = session
    if (isPacket(statement)) return inOnePacket<R>(session, statement.packet)
    const config = configOf(session, statement)
    const ask = 'as' in statement ? () => askedAsTable(client, tap, config) : () => asked(client, config)
    const commits = placeOf(statement) === 'last'
    try {
      // Outside of a transaction, before it, or all of it: a statement by itself is atomic.
      if (opening === null ? !commits : commits || placeOf(statement) === 'first') {
        if (commits) session.opening = null
        session.closed = commits
        return resultOf(await ask())
      }
      session.opening = null
      session.closed = commits
      const { stream } = client.connection
      stream.cork()
      const sent = [
        opening === null ? undefined : asked(client, { text: opening }),
        ask(),
        // After an error the server answers it with a rollback.
        commits ? asked(client, { text: 'commit' }) : undefined,
      ] as const
      stream.uncork()
      return resultOf((await Promise.all(sent))[1])
    } catch (error) {
      throw told(error)
    }
  }

  async function inOnePacket<R>(session: Session, statements: readonly CompiledQuery[]): Promise<QueryResult<R>> {
    const { client, opening } = session
    const configs = statements.map(each => configOf(session, each))
    if (configs.length > 0) session.opening = null
    const { stream } = client.connection
    stream.cork()
    const begun = opening === null || configs.length === 0 ? undefined : asked(client, { text: opening })
    const sent = configs.map(config => asked(client, config))
    stream.uncork()
    try {
      const [, ...results] = await Promise.all([begun, ...sent])
      // One row of all answers.
      const rows: PgResult['rows'] = [results.map(result => result?.rows ?? [])]
      return { rows }
    } catch (error) {
      throw told(error)
    }
  }

  function told(error: unknown): unknown {
    // It was made while reading from the socket: let it tell who asked.
    if (error instanceof Error) Error.captureStackTrace(error)
    return errorCode(error) === '57014' ? refuse('query.timeout', { seconds }) : error
  }

  /** Takes back what is asked no more. No transaction is open: nothing waits for it, and a failure leaves a name too many. */
  function forget(session: Session): void {
    if (session.edition === names.edition) return
    session.edition = names.edition
    for (const name of session.named)
      if (!names.live.has(name)) {
        session.named.delete(name)
        session.client.query(`deallocate ${name}`, () => {})
      }
  }

  const control = (connection: DatabaseConnection, text: string) => connection.executeQuery(CompiledQuery.raw(text))

  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => {},
      async acquireConnection() {
        const client = await pool.connect()
        const known = connections.get(client)
        if (known) {
          forget(sessionOf(known))
          return known
        }
        const tap = tapped(client.connection.stream)
        const session: Session = {
          ...{ client, tap, opening: null, closed: false },
          ...{ named: new Set(), edition: names.edition },
        }
        const connection: DatabaseConnection = {
          executeQuery: statement => execute(session, statement),
          // biome-ignore lint/correctness/useYield: pages by key do what cursors would.
          async *streamQuery() {
            throw new Error('statements are not streamed: read pages')
          },
        }
        sessions.set(connection, session)
        connections.set(client, connection)
        return connection
      },
      async beginTransaction(connection, { isolationLevel, accessMode }) {
        const session = sessionOf(connection)
        session.closed = false
        session.opening = ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode]
          .filter(Boolean)
          .join(' ')
      },
      async commitTransaction(connection) {
        const session = sessionOf(connection)
        if (session.opening === null && !session.closed) await control(connection, 'commit')
        session.opening = null
      },
      async rollbackTransaction(connection) {
        const session = sessionOf(connection)
        if (session.opening === null && !session.closed) await control(connection, 'rollback')
        session.opening = null
      },
      savepoint: async (connection, name) => void (await control(connection, `savepoint "${name}"`)),
      rollbackToSavepoint: async (connection, name) => void (await control(connection, `rollback to "${name}"`)),
      releaseSavepoint: async (connection, name) => void (await control(connection, `release "${name}"`)),
      releaseConnection: async connection => sessionOf(connection).client.release(),
      destroy: () => pool.end(),
    }),
  }
}

/**
 * A statement as a promise of ours. The promises that the driver makes itself keep each other alive: once one got old, every
 * answer after it lived until the next full collection, and collecting took half of the time of a list.
 */
const asked = (client: PoolClient, config: QueryConfig): Promise<PgResult> =>
  new Promise((resolve, reject) => {
    client.query(config, (error: Error | null, result) => (error ? reject(error) : resolve(result)))
  })

/** The driver asks how to read each column just before the first row comes. */
async function askedAsTable(client: PoolClient, tap: Tap, config: QueryConfig): Promise<PgResult> {
  const rows: Cells[] = []
  const types = {
    getTypeParser: () => {
      tap.into = rows
      return String
    },
  }
  const result = await asked(client, { ...config, types })
  return { ...result, rows: [{ columns: result.fields, rows }] }
}

const counted: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])
const resultOf = <R>({ command, rowCount, rows }: { command: string; rowCount: number | null; rows: R[] }) => ({
  rows,
  ...(counted.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}),
})

/** A statement is prepared when it was asked so often; as many as a session's memory can well bear, those asked last. */
const often = 30
const usual = 150
const longest = 20_000

interface StatementNames {
  of(text: string): string | undefined
  /** Names that are still asked for, and how often one was given up. */
  readonly live: ReadonlySet<string>
  readonly edition: number
}

function statementNames(most: number): StatementNames {
  // The one asked longest ago comes first.
  const named = new Map<string, string>()
  const seen = new Map<string, number>()
  const live = new Set<string>()
  let [count, edition] = [0, 0]
  return {
    live,
    get edition() {
      return edition
    },
    of(text) {
      const name = named.get(text)
      if (name !== undefined) {
        named.delete(text)
        named.set(text, name)
        return name
      }
      if (text.length > longest) return undefined
      const times = (seen.get(text) ?? 0) + 1
      if (times < often) {
        if (seen.size >= 1000) seen.clear()
        seen.set(text, times)
        return undefined
      }
      seen.delete(text)
      const [oldest] = named
      if (oldest && named.size >= most) {
        named.delete(oldest[0])
        live.delete(oldest[1])
        edition++
      }
      const fresh = `y${count++}`
      named.set(text, fresh)
      live.add(fresh)
      return fresh
    },
  }
}
