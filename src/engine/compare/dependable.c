/* How far reports say that a provider does as it promises. */
#include "engine/compare/inner.h"

enum { Z_SQUARED = 3841600, Z_CENTS = 196 }; /* z = 1.96: millionths of its square, hundredths of itself */

static uint64_t root_of(uint64_t v)
{
	uint64_t root = 0;
	for (uint64_t bit = UINT64_C(1) << 62; bit; bit >>= 2) {
		bool fits = v >= root + bit;
		v -= fits ? root + bit : 0;
		root = (root >> 1) + (fits ? bit : 0);
	}
	return root;
}

int32_t compare_wilson(uint32_t k, uint32_t n)
{
	if (n == 0 || k > n || n > COMPARE_REPORTS_MAX)
		return -1;
	/* lower = (2k + z² - z √(z² + 4k(n - k)/n)) / (2(n + z²)), all in millionths; under the root in their squares */
	uint64_t under = (uint64_t)Z_SQUARED * COMPARE_PPM + (uint64_t)4 * k * (n - k) * COMPARE_PPM / n * COMPARE_PPM;
	int64_t above = (int64_t)2 * k * COMPARE_PPM + Z_SQUARED - (int64_t)(Z_CENTS * root_of(under) / 100);
	int64_t below = 2 * ((int64_t)n * COMPARE_PPM + Z_SQUARED);
	return above <= 0 ? 0 : (int32_t)(above * COMPARE_PPM / below);
}
