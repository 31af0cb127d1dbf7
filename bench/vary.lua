-- A different request each time, so that no answer comes from the cache: $q, $year, $country, $rows and $amount in the path are replaced.
--   wrk … -s bench/vary.lua URL -- PATH WORDS SEED
local countries = { "KE", "ET", "UG", "SN", "MA", "AF", "BD", "CO", "HN", "IN", "JO", "ML", "NG", "PH", "SD", "TZ" }
local path, words = "", {}

local function encode(s)
	return (s:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

function init(args)
	path = args[1]
	for line in io.lines(args[2]) do
		words[#words + 1] = encode(line)
	end
	math.randomseed(tonumber(args[3]))
end

function request()
	local target = path:gsub("%$(%a+)", {
		q = words[math.random(#words)],
		year = tostring(math.random(2005, 2024)),
		country = countries[math.random(#countries)],
		rows = tostring(math.random(20, 60)),
		amount = string.format("%.2f", math.random(1000, 200000) / 100),
	})
	return wrk.format("GET", target)
end
