-- Sends the template with record after record in the place of `{}`, and prints the outcome as one line of JSON.
local before, after
local records = {}
local position

function init(args)
  local template = assert(io.open(args[1], 'rb')):read('*a')
  before, after = template:match('^(.-){}(.*)$')
  for line in io.lines(args[2]) do records[#records + 1] = line end
  position = tonumber(args[3])
end

function request()
  position = position % #records + 1
  return before .. records[position] .. after
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"failures":%d,"p50":%.3f,"p99":%.3f}',
    summary.requests, summary.duration / 1e6, summary.bytes, failures,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
