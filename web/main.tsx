// The web app: mounts the shell and tells it where the modules keep their pages.
import type { ModulePages, Pages } from '@yingzao/ui/pages'
import { App } from '@yingzao/ui/shell/app.tsx'
import { bringChineseFont } from '@yingzao/ui/theme/chinese-font'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

const found = import.meta.glob<{ default: Pages }>('../modules/*/web/pages.tsx')
const pages: ModulePages = Object.fromEntries(
  Object.entries(found).map(([path, load]) => [path.split('/')[2] ?? path, load]),
)

const root = document.getElementById('app')
void bringChineseFont()
if (root)
  createRoot(root).render(
    <StrictMode>
      <App pages={pages} />
    </StrictMode>,
  )
