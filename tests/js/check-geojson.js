// What another program finds wrong with the GeoJSON on standard input, a line each.
import { readFileSync } from 'node:fs'
import { getIssues } from '@placemarkio/check-geojson'

for (const { severity, message } of getIssues(readFileSync(0, 'utf8'))) console.log(`${severity}: ${message}`)
