// A PostgreSQL that somebody else runs (`DATABASE_URL`): reached once, its version and encoding checked.
import pg from 'pg'
import { startRefusal } from '../runtime/refusal.ts'
import { SUPPORTED_MAJORS } from './binaries.ts'
import { connectionOfUrl } from './connection.ts'
import type { RunningPostgres } from './supervisor.ts'

/** Checks an external database before anything uses it. `stop()` leaves it running. Throws a StartRefusal. */
export async function externalPostgres(url: string): Promise<RunningPostgres> {
  const client = openClient(url)
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding`,
    )
    const major = Number(rows[0]?.major)
    if (!SUPPORTED_MAJORS.some(supported => supported === major)) {
      throw startRefusal('postgres.version', {
        zh: `DATABASE_URL 指向 PostgreSQL ${major}，营造需要 15–18`,
        en: `DATABASE_URL is a PostgreSQL ${major}; Yingzao needs 15 to 18`,
      })
    }
    if (rows[0]?.encoding !== 'UTF8') {
      throw startRefusal('postgres.encoding', {
        zh: `数据库编码是 ${rows[0]?.encoding}，请用 UTF8 重新创建数据库`,
        en: `the database is encoded in ${rows[0]?.encoding}: create it with encoding UTF8`,
      })
    }
    return { connection: connectionOfUrl(url), url, major, adopted: true, stop: async () => {} }
  } catch (error) {
    if (error instanceof Error && 'zh' in error) throw error
    const cause = error instanceof Error ? error.message : String(error)
    throw startRefusal('postgres.unreachable', {
      zh: `连接不上 DATABASE_URL 指向的数据库：${cause}。请检查主机、端口、账号和数据库名`,
      en: `cannot reach the database of DATABASE_URL: check host, port, user and database name`,
    })
  } finally {
    await client.end().catch(() => {})
  }
}

function openClient(url: string): pg.Client {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {})
    return client
  } catch {
    throw startRefusal('postgres.url', {
      zh: 'DATABASE_URL 的格式应为 postgresql://用户:口令@主机:5432/数据库',
      en: 'DATABASE_URL must look like postgresql://user:password@host:5432/database',
    })
  }
}
