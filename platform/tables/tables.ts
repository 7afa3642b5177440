// The platform's own tables (sessions, files, saved views …), made and kept up to date by the schema sync.
import type { TableDef } from '@yingzao/kernel/schema/table'
import { authTables } from '../auth/tables.ts'
import { exchangeTables } from '../exchange/tables.ts'
import { fileTables } from '../files/tables.ts'
import { guestTables } from '../guest/tables.ts'
import { viewTables } from '../http/tables.ts'
import { pushTables } from '../push/tables.ts'

export const platformTables: readonly TableDef[] = [
  ...authTables,
  ...fileTables,
  ...viewTables,
  ...exchangeTables,
  ...guestTables,
  ...pushTables,
]
