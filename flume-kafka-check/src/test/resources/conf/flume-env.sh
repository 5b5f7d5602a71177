# SPDX-License-Identifier: Apache-2.0
# JAVA_OPTS="-Xmx20m"
export JAVA_OPTS="-Xms64m -Xmx512m"
