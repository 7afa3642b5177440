// Vite: the web app as hashed assets in dist/web; in development requests go on to the real server.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const server = process.env.YINGZAO_URL ?? 'http://127.0.0.1:8787'

export default defineConfig({
  root,
  plugins: [react()],
  // ui, modules and the client are workspaces in TypeScript: compiled here like our own files.
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    // Guests get a page of their own: a phone on a site does not fetch the whole app to confirm one sheet.
    rolldownOptions: {
      input: ['index.html', 'guest.html'].map(name => fileURLToPath(new URL(name, import.meta.url))),
      // An icon is a few hundred bytes: each in a file of its own they travel twice as heavy as together.
      output: { codeSplitting: { groups: [{ name: 'icons', test: /@ant-design[\\/]icons/ }] } },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true, changeOrigin: false } } },
})
