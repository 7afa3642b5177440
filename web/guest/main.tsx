// The page of a guest: mounts it with language and theme, and nothing of the app.
import { LanguageProvider } from '@yingzao/ui/text/language.tsx'
import { bringChineseFont } from '@yingzao/ui/theme/chinese-font'
import { ThemeProvider } from '@yingzao/ui/theme/mode.tsx'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Guest } from './guest.tsx'
import '@yingzao/ui/theme/base.css'
import './guest.css'

const root = document.getElementById('app')
void bringChineseFont()
if (root)
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <ThemeProvider>
          <Guest link={window.location.hash.slice(1)} />
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  )
